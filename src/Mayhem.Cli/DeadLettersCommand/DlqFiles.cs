using System.Runtime.CompilerServices;
using Mayhem.Cli.Requests;
using Mayhem.Cli.RunDoor;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>Carries out <c>mayhem dlq export</c> and <c>import</c>.</summary>
internal sealed class DlqFiles(Place place, TimeProvider clock)
{
    private const int LongestLine = 2 * 1024 * 1024;

    /// <summary>Writes dead letters to a file, or to standard output.</summary>
    public Task<int> ExportAsync(DeadLetterFilter filter, string? path) => DlqSession.RunAsync(place, clock, async (bench, stop) =>
    {
        var count = 0;
        await using (var output = Open(path))
        {
            await foreach (var document in bench.ExportAsync(filter, stop))
            {
                await output.WriteAsync(document.ToJson(), stop);
                output.WriteByte((byte)'\n');
                count++;
            }
        }

        await Console.Error.WriteLineAsync($"{count} dead letters exported");
        return ExitCodes.Success;
    });

    /// <summary>Sends what was exported. A line that is none stops it before anything is sent.</summary>
    public async Task<int> ImportAsync(string path, BenchOrder order, bool json)
    {
        using var source = RequestSource.Open(path, "import");
        var documents = await ReadAsync(source, CancellationToken.None).ToListAsync(CancellationToken.None);
        return await DlqSession.RunAsync(place, clock, async (bench, stop) => DlqOutcome.Tell(
            await DlqProgress.ShowAsync("sending", progress => bench.ImportAsync(documents.ToAsyncEnumerable(), order, progress, stop)), "sent", json));
    }

    private static async IAsyncEnumerable<MessageDocument> ReadAsync(RequestSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in new Utf8LineReader(source.Stream, LongestLine).ReadAsync(cancellationToken))
        {
            if (line.Length == 0)
                continue;
            yield return Parse(source, line);
        }
    }

    private static MessageDocument Parse(RequestSource source, Utf8Line line)
    {
        try
        {
            return MessageDocument.Parse(line.Content ?? throw new BenchException("it is too long."));
        }
        catch (BenchException wrong)
        {
            throw new UsageException($"{source.Name}:{line.Number}: {wrong.Message}", wrong);
        }
    }

    private static Stream Open(string? path)
    {
        if (path is null)
            return Console.OpenStandardOutput();
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--out {path} cannot be written: {error.Message}", error);
        }
    }
}
