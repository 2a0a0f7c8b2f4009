namespace Mayhem.DeadLetters;

/// <summary>The bench cannot do what it was asked; the message is for the operator, and says what to do instead. Nothing has changed.</summary>
public sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
