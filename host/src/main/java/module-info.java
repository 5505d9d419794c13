module hospes.host {
  requires static org.jspecify;
  requires transitive hospes.formats;
  requires jdk.jfr;
  requires transitive hospes.machine;
  requires transitive hospes.memory;
  requires transitive hospes.storage;
  requires transitive hospes.boards;
  requires transitive hospes.images;
  requires transitive hospes.zmachine;
  requires transitive com.fasterxml.jackson.databind;

  exports hospes.host;
  exports hospes.host.control;
}
