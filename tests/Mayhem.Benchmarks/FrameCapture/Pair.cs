namespace Mayhem.Benchmarks.FrameCapture;

/// <summary>One piece of work in two builds.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Bound">What the second may cost at most, in times of the first; null if nothing is asked of it.</param>
/// <param name="Plain">Does it so many times, plain.</param>
/// <param name="Woven">Does it so many times, woven.</param>
internal sealed record Pair(string Name, double? Bound, Action<int> Plain, Action<int> Woven);
