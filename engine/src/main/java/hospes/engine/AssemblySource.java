package hospes.engine;

/// Assembly text and the name of where it comes from.
///
/// @param name what errors call it, usually the file's name
/// @param text the whole text
public record AssemblySource(String name, String text) {}
