/// Pure readers and writers of file formats: bytes in, values out, and back.
module hospes.formats {
  requires static org.jspecify;
  requires aircompressor.v3;
  requires java.xml;
  requires jdk.unsupported; // what aircompressor reads memory with

  exports hospes.formats;
  exports hospes.formats.blorb;
  exports hospes.formats.cpio;
  exports hospes.formats.elf;
  exports hospes.formats.fdt;
  exports hospes.formats.journal;
  exports hospes.formats.qcow2;
  exports hospes.formats.quetzal;
  exports hospes.formats.snapshot;
}
