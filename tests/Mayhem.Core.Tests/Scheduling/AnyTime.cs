using Mayhem.Scheduling;

namespace Mayhem.Core.Tests.Scheduling;

/// <summary>No windows.</summary>
internal sealed class AnyTime : IRestartTimes
{
    public bool AreOpen(string host, DateTimeOffset at) => true;
}
