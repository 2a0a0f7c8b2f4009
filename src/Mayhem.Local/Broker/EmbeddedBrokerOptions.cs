using Mayhem.Journal;

namespace Mayhem.Local.Broker;

/// <summary>What an embedded broker hosts, and where it keeps it.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>The queues by name, 1 to 260 characters each, not all dots. Names are compared without regard to case. At least one.</summary>
    public required IReadOnlyDictionary<string, QueueOptions> Queues { get; init; }

    /// <summary>The folder that keeps them, one sub-folder a queue; null (the default) to keep them in memory only.</summary>
    public string? Folder { get; init; }

    /// <summary>How long it is remembered what became of a message, after the end of the last one of its root. Null switches the audit off. Default 7 days.</summary>
    public TimeSpan? AuditRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How the journals of the queues work.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="InvalidOperationException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        if (Queues.Count == 0)
            throw new InvalidOperationException("There is no queue in Queues; name at least one.");
        if (AuditRetention <= TimeSpan.Zero)
            throw new InvalidOperationException($"AuditRetention is {AuditRetention}; it must be more than 0, or null.");
        foreach (var (name, options) in Queues)
        {
            if (name.Length is 0 or > 260 || name.All(character => character == '.'))
                throw new InvalidOperationException($"'{name}' is no name for a queue; it must have 1 to 260 characters, not all of them dots.");
            if (Queues.Keys.Count(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1)
                throw new InvalidOperationException($"Queue '{name}' is named twice, in different case; names of queues are compared without regard to case.");
            options.Validate(name);
        }
    }
}
