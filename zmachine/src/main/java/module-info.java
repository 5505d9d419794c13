/// The Z-machine: a language machine that plays Infocom's and Inform's stories.
module hospes.zmachine {
  requires static org.jspecify;
  requires hospes.formats;
  requires transitive hospes.engine;
  requires transitive hospes.machine;
  requires transitive hospes.memory;

  exports hospes.zmachine;
  exports hospes.zmachine.screen;
  exports hospes.zmachine.text;
}
