module hospes.host {
  requires static org.jspecify;
  requires transitive hospes.machine;
  requires transitive hospes.boards;
  requires transitive hospes.images;

  exports hospes.host;
}
