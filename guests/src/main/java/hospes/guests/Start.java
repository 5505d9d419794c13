package hospes.guests;

import hospes.machine.Content;

/// A file that the user wants to start, before anybody knows what it is.
///
/// @param name the file's name, without its folder
/// @param content what it holds
public record Start(String name, Content content) {}
