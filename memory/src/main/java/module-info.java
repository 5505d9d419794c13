module hospes.memory {
  requires static org.jspecify;

  exports hospes.memory;
}
