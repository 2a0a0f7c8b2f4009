using System.Text.RegularExpressions;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.Documentation;

public sealed partial class LinkTests
{
    public static TheoryData<string> Documents { get; } = [.. Directory.GetFiles(RepositoryFiles.PathOf("docs"), "*.md").Select(path => Path.GetRelativePath(RepositoryFiles.Root, path)), "README.md", "CHANGELOG.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_EachLinkIntoTheRepository_LeadsSomewhere(string document)
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf(document));
        var folder = Path.GetDirectoryName(RepositoryFiles.PathOf(document))!;

        var dead = from link in Link().Matches(text)
                   let target = link.Groups["target"].Value
                   where !Uri.TryCreate(target, UriKind.Absolute, out _) && !Leads(folder, text, target)
                   select link.Value;

        Assert.Empty(dead);
    }

    [Fact]
    public void Recoverability_EachProof_IsNamedAsItsFile()
    {
        var proofs = Link().Matches(File.ReadAllText(RepositoryFiles.PathOf("docs/recoverability.md"))).Where(link => link.Groups["target"].Value.EndsWith(".cs", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(proofs);
        Assert.All(proofs, proof => Assert.Equal($"`{Path.GetFileNameWithoutExtension(proof.Groups["target"].Value)}`", proof.Groups["text"].Value));
    }

    private static bool Leads(string folder, string text, string target)
    {
        var parts = target.Split('#', 2);
        var path = Path.Combine(folder, parts[0]);
        if (parts[0].Length > 0 && !File.Exists(path) && !Directory.Exists(path))
            return false;
        return parts.Length == 1 || Headings(parts[0].Length == 0 ? text : File.ReadAllText(path)).Contains(parts[1], StringComparer.Ordinal);
    }

    // As GitHub makes anchors of headings.
    private static IEnumerable<string> Headings(string text) =>
        Heading().Matches(text).Select(heading => NotOfAnchors().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\[(?<text>[^\]\n]+)\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+?)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotOfAnchors();
}
