module hospes.cli {
  requires static org.jspecify;
  requires hospes.host;
  requires info.picocli;
  requires org.jline.terminal;

  opens hospes.cli to
      info.picocli;
}
