module hospes.host {
  requires static org.jspecify;
  requires jdk.jfr;
  requires transitive hospes.machine;
  requires transitive hospes.boards;
  requires transitive hospes.images;

  exports hospes.host;
}
