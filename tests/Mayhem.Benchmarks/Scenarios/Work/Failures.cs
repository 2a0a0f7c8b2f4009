namespace Mayhem.Benchmarks.Scenarios.Work;

/// <summary>To be tried again at once.</summary>
public sealed class TransientException() : Exception("not yet");

/// <summary>Not to be tried again.</summary>
public sealed class FatalException() : Exception("never");

/// <summary>To be delivered again after <see cref="Handler.Delay"/>.</summary>
public sealed class LaterException() : Exception("later");
