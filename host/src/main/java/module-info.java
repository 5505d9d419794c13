module hospes.host {
  requires static org.jspecify;
  requires transitive hospes.boards;
  requires transitive hospes.images;
}
