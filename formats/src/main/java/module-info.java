/// Pure readers and writers of file formats: bytes in, values out, and back.
module hospes.formats {
  requires static org.jspecify;

  exports hospes.formats;
  exports hospes.formats.cpio;
  exports hospes.formats.elf;
  exports hospes.formats.fdt;
}
