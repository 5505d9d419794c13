/// The Z-machine: a language machine that plays Infocom's and Inform's stories.
module hospes.zmachine {
  requires static org.jspecify;
  requires hospes.formats;
  requires transitive hospes.guests;

  exports hospes.zmachine;

  provides hospes.guests.MachineKind with
      hospes.zmachine.ZKind;
}
