module hospes.formats {
  requires static org.jspecify;
  requires org.apache.commons.compress;
}
