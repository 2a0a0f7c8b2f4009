namespace Mayhem.Guards;

/// <summary>A guard's no.</summary>
/// <param name="Guard">Which guard.</param>
/// <param name="Rule">The rule that decided, as configured: <c>3 restarts in 01:00:00</c>.</param>
/// <param name="Why">What a person reads: a sentence with the facts.</param>
/// <param name="PassesAt">When the guard would let the request pass if nothing else happened; null if nobody can tell.</param>
public sealed record GuardRefusal(Guard Guard, string Rule, string Why, DateTimeOffset? PassesAt = null);
