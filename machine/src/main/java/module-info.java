module hospes.machine {
  requires static org.jspecify;
}
