module hospes.conformance {
  requires static org.jspecify;
  requires hospes.host;
}
