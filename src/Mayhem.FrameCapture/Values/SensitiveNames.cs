using System.Collections.Concurrent;
using System.Text;

namespace Mayhem.FrameCapture;

/// <summary>
/// Tells by its name that a value is nobody's business. A name is taken apart into words (<c>sharedAccessKey</c>, <c>SHARED_ACCESS_KEY</c>);
/// it is sensitive if one of the words, or some of them together, are on the list. Terms of six letters or more are found inside words as well.
/// </summary>
public sealed class SensitiveNames
{
    private const int FoundInsideFrom = 6;

    private const int MostAnswers = 4096;
    private const int LongestKept = 64;

    private readonly ConcurrentDictionary<string, bool> answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> terms;
    private readonly string[] longTerms;

    /// <summary>Makes a list of terms; case, hyphens and underscores do not matter.</summary>
    public SensitiveNames(IEnumerable<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        this.terms = [.. terms.Select(term => string.Concat(Words(term)))];
        this.terms.Remove("");
        longTerms = [.. this.terms.Where(term => term.Length >= FoundInsideFrom)];
    }

    /// <summary>Passwords, secrets, tokens, keys, connection strings, signatures, cookies, authorization headers and their relatives.</summary>
    public static SensitiveNames Default { get; } = new(
    [
        "password", "passwd", "passphrase", "pwd", "pw", "secret", "token", "jwt", "bearer", "key", "apikey", "accesskey", "accountkey",
        "privatekey", "connectionstring", "connstr", "authorization", "auth", "credential", "cookie", "sas", "signature", "sig", "pin", "otp", "cvv", "ssn",
    ]);

    /// <summary>The terms of this list and some more.</summary>
    public SensitiveNames With(params IEnumerable<string> more) => new(terms.Concat(more));

    /// <summary>Whether a value of this name is masked.</summary>
    public bool Matches(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return false;
        if (answers.TryGetValue(name, out var known))
            return known;
        var answer = IsSensitive(name);

        // The names in a program are few; keys of its data may be any number.
        if (name.Length <= LongestKept && answers.Count < MostAnswers)
            answers.TryAdd(name, answer);
        return answer;
    }

    private bool IsSensitive(string name)
    {
        var words = Words(name);
        var joined = string.Concat(words);
        if (longTerms.Any(term => joined.Contains(term, StringComparison.Ordinal)))
            return true;
        for (var first = 0; first < words.Count; first++)
        {
            var run = "";
            for (var last = first; last < words.Count; last++)
            {
                run += words[last];
                if (terms.Contains(run) || (run.EndsWith('s') && terms.Contains(run[..^1])))
                    return true;
            }
        }

        return false;
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            if (!char.IsLetter(name[index]) || StartsWord(name, index))
                Finish(words, word);
            if (char.IsLetter(name[index]))
                word.Append(char.ToLowerInvariant(name[index]));
        }

        Finish(words, word);
        return words;
    }

    // A capital after a small letter, or the last capital of several before a small letter: myKey, SASToken.
    private static bool StartsWord(string name, int index) =>
        char.IsUpper(name[index]) && index > 0
        && (char.IsLower(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
