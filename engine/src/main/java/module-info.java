module hospes.engine {
  requires static org.jspecify;
  requires transitive hospes.machine;
  requires transitive hospes.memory;

  exports hospes.engine;
  exports hospes.engine.translator;
}
