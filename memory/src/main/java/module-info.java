module hospes.memory {
  requires static org.jspecify;
}
