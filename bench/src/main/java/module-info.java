/// Side-by-side benchmarks: Hospes and QEMU in turns on the same files.
module hospes.bench {
  requires static org.jspecify;
  requires hospes.formats;
  requires hospes.host;
  requires hospes.images;
  requires info.picocli;
  requires com.fasterxml.jackson.databind;

  opens hospes.bench to
      info.picocli,
      com.fasterxml.jackson.databind;
}
