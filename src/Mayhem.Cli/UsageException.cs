namespace Mayhem.Cli;

/// <summary>Something the user gave cannot be used. The message names it and the way out, in one line; the program ends with <see cref="ExitCodes.Usage"/>.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
