using System.Text.Json;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Messages;

namespace Mayhem.Dashboard.Bench;

/// <summary>Reads what was exported: a message a line.</summary>
internal static class ImportLines
{
    /// <summary>The messages.</summary>
    /// <exception cref="BenchException">A line is none.</exception>
    public static async Task<IReadOnlyList<MessageDocument>> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content);
        var found = new List<MessageDocument>();
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                found.Add(JsonSerializer.Deserialize(line, BenchJson.Default.MessageDocument) ?? throw new JsonException("It is null."));
            }
            catch (JsonException wrong)
            {
                throw new BenchException($"Line {number} is no exported message: {wrong.Message}", wrong);
            }
        }

        return found;
    }
}
