namespace Mayhem.Shutdown;

/// <summary>How a drain went. The numbers are of the deliveries that were in flight when it began.</summary>
/// <param name="Finished">How many ended within the grace.</param>
/// <param name="Cancelled">How many ended after they had been cancelled.</param>
/// <param name="Left">How many had not ended at all.</param>
/// <param name="Took">How long it took.</param>
public sealed record DrainResult(int Finished, int Cancelled, int Left, TimeSpan Took);
