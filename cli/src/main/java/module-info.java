/// The command line.
module hospes.cli {
  requires static org.jspecify;
  requires hospes.host;
  requires hospes.storage;
  requires hospes.formats;
  requires info.picocli;
  requires org.jline.terminal;
  requires java.management;
  requires jdk.management;

  opens hospes.cli to
      info.picocli;
}
