using System.Text.Json;
using Mayhem.Reporting.Document;
using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard.Reports;

/// <summary>The reports in some folders, as rows. A file is read once; looking again costs a listing of the folders and the files that are new.</summary>
internal sealed class ReportShelf : IDisposable
{
    private const string Extension = ".json";
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<string> folders;
    private readonly Refreshed<Shelf> shelf;

    /// <summary>The reports of these folders.</summary>
    public ReportShelf(IReadOnlyList<string> folders, TimeProvider clock, ILogger logger)
    {
        this.folders = folders;
        shelf = new Refreshed<Shelf>("the reports", (before, stop) => Task.FromResult(Look(before, stop)), FreshFor, clock, logger);
    }

    /// <summary>False if reports are kept where this cannot look.</summary>
    public bool IsKnown => folders.Count > 0;

    /// <summary>The reports, the newest first.</summary>
    public async ValueTask<(IReadOnlyList<ReportRow> Rows, string? Error)> RowsAsync(CancellationToken cancellationToken)
    {
        if (!IsKnown)
            return ([], null);
        var known = await shelf.GetAsync(cancellationToken);
        return (known.Value?.NewestFirst ?? [], known.Error);
    }

    /// <summary>One report in full; null if it is not there, or not there any more.</summary>
    public async ValueTask<ReportDocument?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsKnown)
            return null;
        var known = await shelf.GetAsync(cancellationToken);
        if (known.Value?.Find(id) is not { } path)
            return null;
        try
        {
            return ReportJson.Read(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception gone) when (gone is IOException or JsonException)
        {
            // It has made room for a newer one meanwhile, or reached where it was to be sent.
            return null;
        }
    }

    /// <summary>The report of this id, or else the newest of the same cause: of a storm of equal failures not all are told. Null if there is none.</summary>
    public async ValueTask<string?> NearestAsync(string? id, string? fingerprint, CancellationToken cancellationToken)
    {
        if (!IsKnown || (id is null && fingerprint is null))
            return null;
        var known = await shelf.GetAsync(cancellationToken);
        return id is not null && known.Value?.Row(id) is not null ? id : known.Value?.NewestOf(fingerprint ?? "");
    }

    /// <inheritdoc />
    public void Dispose() => shelf.Dispose();

    private Shelf Look(Shelf? before, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, (string Path, ReportRow? Row)>(StringComparer.Ordinal);
        foreach (var path in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = Path.GetFileNameWithoutExtension(path);
            if (!found.ContainsKey(id))
                found[id] = (path, before?.Row(id) ?? Read(path));
        }

        return new Shelf(found);
    }

    private static ReportRow? Read(string path)
    {
        try
        {
            return ReportRow.Of(ReportJson.Read(File.ReadAllBytes(path)));
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            // Half written, gone, or of another version: there is nothing to show of it.
            return null;
        }
    }

    private sealed class Shelf(Dictionary<string, (string Path, ReportRow? Row)> files)
    {
        public IReadOnlyList<ReportRow> NewestFirst { get; } =
            [.. files.Values.Select(file => file.Row).OfType<ReportRow>().OrderByDescending(row => row.Id, StringComparer.Ordinal)];

        private readonly Lazy<Dictionary<string, string>> newest = new(() => NewestOfEach(files.Values.Select(file => file.Row).OfType<ReportRow>()));

        public string? NewestOf(string fingerprint) => newest.Value.GetValueOrDefault(fingerprint);

        public ReportRow? Row(string id) => files.TryGetValue(id, out var file) ? file.Row : null;

        public string? Find(string id) => files.TryGetValue(id, out var file) && file.Row is not null ? file.Path : null;

        private static Dictionary<string, string> NewestOfEach(IEnumerable<ReportRow> rows) =>
            rows.GroupBy(row => row.Fingerprint, StringComparer.Ordinal).ToDictionary(cause => cause.Key, cause => cause.Max(row => row.Id)!, StringComparer.Ordinal);
    }
}
