namespace Mayhem.Cli.DoctorCommand;

/// <summary>What <c>mayhem doctor</c> was asked to do.</summary>
/// <param name="QueueFile">A JSON file with the properties of the queue; null for none.</param>
/// <param name="Namespace">The Service Bus namespace to read the queue's properties from; null for none.</param>
/// <param name="Strict">True if warnings fail as well.</param>
/// <param name="Json">True for one JSON object a finding.</param>
internal sealed record DoctorOptions(string? QueueFile, string? Namespace, bool Strict, bool Json)
{
    /// <summary>True if the queue is one in Azure, and so is the app; false for the queue and the defaults of <c>mayhem up</c>.</summary>
    public bool Deployed => QueueFile is not null || Namespace is not null;
}
