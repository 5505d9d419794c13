module hospes.images {
  requires static org.jspecify;
  requires hospes.formats;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;
  requires org.bouncycastle.pg;
  requires org.bouncycastle.provider;
}
