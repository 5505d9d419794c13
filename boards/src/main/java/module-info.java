module hospes.boards {
  requires static org.jspecify;
  requires transitive hospes.devices;
  requires transitive hospes.riscv;
  requires transitive hospes.formats;

  exports hospes.boards;
}
