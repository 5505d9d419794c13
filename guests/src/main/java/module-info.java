/// What a sort of machine tells its host: the contract between the two.
module hospes.guests {
  requires static org.jspecify;
  requires transitive hospes.machine;
  requires transitive hospes.memory;
  requires transitive hospes.engine;

  exports hospes.guests;
  exports hospes.guests.facet;

  uses hospes.guests.MachineKind;
}
