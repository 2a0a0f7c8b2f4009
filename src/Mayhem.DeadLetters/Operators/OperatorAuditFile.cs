using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Mayhem.DeadLetters.Operators;

/// <summary>The audit in a file of JSON lines, which several processes may append to.</summary>
/// <param name="path">The file; it and its folder are made when something is recorded.</param>
/// <param name="time">The clock, for waiting until another process has written.</param>
public sealed class OperatorAuditFile(string path, TimeProvider time) : IOperatorAudit
{
    private const int Tries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public async ValueTask RecordAsync(IReadOnlyList<OperatorRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
            return;
        using var lines = new MemoryStream();
        foreach (var record in records)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(record, BenchJson.Default.OperatorRecord));
            lines.WriteByte((byte)'\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var turn = await TurnAsync(cancellationToken);
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (EndsWithinLine(file))
            file.WriteByte((byte)'\n');
        file.Seek(0, SeekOrigin.End);
        file.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<OperatorRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            yield break;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line) is { } record)
                yield return record;
        }
    }

    // A line that a crash has cut short was never acknowledged, so nothing was done by it.
    private static OperatorRecord? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, BenchJson.Default.OperatorRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool EndsWithinLine(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        var within = file.ReadByte() != '\n';
        file.Seek(0, SeekOrigin.End);
        return within;
    }

    // One writer at a time, of all processes.
    private async Task<FileStream> TurnAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < Tries && File.Exists(path + ".lock"))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
