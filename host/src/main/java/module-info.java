/// The host: owns guests, their memory and the time they get. It knows no machine by name.
module hospes.host {
  requires static org.jspecify;
  requires transitive hospes.formats;
  requires jdk.jfr;
  requires transitive hospes.machine;
  requires transitive hospes.memory;
  requires transitive hospes.storage;
  requires transitive hospes.guests;
  requires transitive hospes.images;
  requires transitive com.fasterxml.jackson.databind;

  exports hospes.host;
  exports hospes.host.control;
  exports hospes.host.engine;
  exports hospes.host.guest;
  exports hospes.host.journal;
  exports hospes.host.memory;
  exports hospes.host.ports;
  exports hospes.host.schedule;
  exports hospes.host.snapshot;
  exports hospes.host.template;

  uses hospes.guests.MachineKind;
}
