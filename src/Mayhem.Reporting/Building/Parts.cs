using Mayhem.Redaction;

namespace Mayhem.Reporting.Building;

/// <summary>Reads a report part by part, so that one that cannot be read does not cost the rest; and keeps what went wrong.</summary>
internal sealed class Parts
{
    private readonly List<string> problems = [];

    /// <summary>Why parts are missing; empty if none is.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Reads a part, or takes what stands for it if it cannot be read.</summary>
    public T Read<T>(string what, Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception error)
        {
            problems.Add($"{what}: {error.GetType().Name}: {Redactor.MessageOf(error)}");
            return otherwise;
        }
    }
}
