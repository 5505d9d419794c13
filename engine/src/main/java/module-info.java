module hospes.engine {
  requires static org.jspecify;
}
