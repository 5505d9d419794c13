/// Derives decoders, interpreters and tables from instruction methods, at build time.
module hospes.engine.processor {
  requires static org.jspecify;
  requires java.compiler;
  requires jdk.compiler;
  requires hospes.engine;

  provides javax.annotation.processing.Processor with
      hospes.engine.processor.InstructionProcessor;
}
