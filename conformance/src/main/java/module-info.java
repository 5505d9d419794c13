module hospes.conformance {
  requires java.management;
  requires static org.jspecify;
  requires hospes.host;
}
