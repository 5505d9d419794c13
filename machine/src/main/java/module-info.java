module hospes.machine {
  requires static org.jspecify;

  exports hospes.machine;
}
