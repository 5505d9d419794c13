package hospes.engine.translator;

import hospes.engine.CodePage;

/// A stretch of one page that a region is made of.
///
/// @param page the page
/// @param distance how many pages it is away from the entry's page
/// @param from the first slot
/// @param to the slot behind the last one
public record Stretch(CodePage page, int distance, int from, int to) {}
