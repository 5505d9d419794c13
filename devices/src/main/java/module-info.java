module hospes.devices {
  requires static org.jspecify;
  requires transitive hospes.machine;
  requires transitive hospes.memory;
}
