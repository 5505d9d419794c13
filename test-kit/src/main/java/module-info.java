/// Machines and files for tests; no part of the program.
module hospes.testkit {
  requires static org.jspecify;
  requires transitive hospes.guests;

  exports hospes.testkit;
  exports hospes.testkit.toy;

  provides hospes.guests.MachineKind with
      hospes.testkit.toy.ToyKind;
}
