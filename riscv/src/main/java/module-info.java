module hospes.riscv {
  requires static org.jspecify;
  requires hospes.formats;
  requires transitive hospes.engine;
  requires transitive hospes.machine;
  requires transitive hospes.memory;

  exports hospes.riscv;
}
