using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>
/// The tokens that methods are going to have in the assembly when it is written: the map that is written into it tells methods by them.
/// Methods are numbered in the order of their types.
/// </summary>
internal sealed class MethodTokens
{
    private readonly Dictionary<MethodDefinition, MetadataToken> tokens = [];

    public MethodTokens(ModuleDefinition module)
    {
        var row = 1u;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods))
            tokens[method] = new MetadataToken(TokenType.Method, row++);
    }

    public MetadataToken Of(MethodDefinition method) => tokens[method];

    /// <exception cref="InvalidOperationException">A method was written with another token.</exception>
    public void Verify()
    {
        var wrong = tokens.FirstOrDefault(foretold => foretold.Key.MetadataToken != foretold.Value).Key;
        if (wrong is not null)
            throw new InvalidOperationException($"{wrong.FullName} was not given the token {tokens[wrong]}, but {wrong.MetadataToken}.");
    }
}
