module hospes.bench {
  requires static org.jspecify;
  requires hospes.host;
  requires com.fasterxml.jackson.databind;
}
