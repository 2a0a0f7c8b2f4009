using System.Globalization;

namespace Mayhem.Postgres.Migrations;

/// <summary>One step of the schema.</summary>
/// <param name="Version">Its number, from 1 without a gap.</param>
/// <param name="Name">Its file, as <c>0001_ledger.sql</c>.</param>
/// <param name="Sql">The statements. Names without a schema mean that of the ledger.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>All that this program knows, in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        })];
    }
}
