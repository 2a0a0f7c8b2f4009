namespace Mayhem.Crash;

/// <summary>A message for Mayhem, and what must become of it.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="RequestId">The request in it; its own id, if there is none.</param>
/// <param name="Host">The host to restart; its session, where there are sessions.</param>
/// <param name="Body">The request as JSON, or something else.</param>
/// <param name="DeadLetterReason">As what it must be dead-lettered; null if its host must be restarted.</param>
/// <param name="MostAttempts">How many attempts its rule allows, those that a crash interrupted counted once.</param>
internal sealed record Sent(string MessageId, string RequestId, string Host, byte[] Body, string? DeadLetterReason = null, int MostAttempts = int.MaxValue);
