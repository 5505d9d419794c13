module hospes.engine.processor {
  requires static org.jspecify;
  requires java.compiler;
  requires hospes.engine;
}
