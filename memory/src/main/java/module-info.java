module hospes.memory {
  requires static org.jspecify;
  requires aircompressor.v3;
  requires jdk.unsupported; // what aircompressor reads memory with

  exports hospes.memory;
}
