namespace Mayhem.Functions.Scheduling;

/// <summary>The hosts that a program has at hand, of which the scheduler chooses where no setting names others.</summary>
public interface ISchedulableHosts
{
    /// <summary>Their names.</summary>
    IReadOnlyList<string> Names { get; }
}
