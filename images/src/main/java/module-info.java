/// Where guests come from: a catalogue of images, fetched, verified, put together and cached.
module hospes.images {
  requires static org.jspecify;
  requires hospes.formats;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;
  requires org.bouncycastle.pg;
  requires org.bouncycastle.provider;

  exports hospes.images;
}
