"""averment's own terms."""

from pyoxigraph import NamedNode

from averment.vocabulary.terms import Terms

__all__ = ["AV"]


class AV(Terms, iri="https://w3id.org/averment#"):
    """The vocabulary of ontology/averment.ttl."""

    Anaphor: NamedNode
    Attribution: NamedNode
    Calculation: NamedNode
    Candidate: NamedNode
    Check: NamedNode
    Document: NamedNode
    Entity: NamedNode
    EvidenceLink: NamedNode
    EvidenceStep: NamedNode
    Group: NamedNode
    IdentityDecision: NamedNode
    IdentityLink: NamedNode
    Incident: NamedNode
    Office: NamedNode
    Payout: NamedNode
    ReviewStep: NamedNode
    Topic: NamedNode
    Unnamed: NamedNode
    Verification: NamedNode
    addressedTo: NamedNode
    aim: NamedNode
    alleged: NamedNode
    amount: NamedNode
    anonymityReason: NamedNode
    arrested: NamedNode
    asWritten: NamedNode
    attributes: NamedNode
    attribution: NamedNode
    attributionKind: NamedNode
    between: NamedNode
    calculates: NamedNode
    calledFor: NamedNode
    candidate: NamedNode
    change: NamedNode
    checked: NamedNode
    comparator: NamedNode
    comparedWith: NamedNode
    complement: NamedNode
    confidence: NamedNode
    content: NamedNode
    correction: NamedNode
    cost: NamedNode
    cue: NamedNode
    decided: NamedNode
    decision: NamedNode
    describedAs: NamedNode
    detailed: NamedNode
    edtf: NamedNode
    established: NamedNode
    expected: NamedNode
    fileSha256: NamedNode
    formula: NamedNode
    hedge: NamedNode
    inSource: NamedNode
    incident: NamedNode
    instructed: NamedNode
    killed: NamedNode
    length: NamedNode
    listedIn: NamedNode
    lobbied: NamedNode
    lobbiedAgainst: NamedNode
    lobbiedFor: NamedNode
    medium: NamedNode
    mention: NamedNode
    mentions: NamedNode
    modality: NamedNode
    obtained: NamedNode
    opposed: NamedNode
    outcome: NamedNode
    paid: NamedNode
    passage: NamedNode
    passageSha256: NamedNode
    payee: NamedNode
    payer: NamedNode
    polarity: NamedNode
    quotation: NamedNode
    reason: NamedNode
    relation: NamedNode
    resolvedAgainst: NamedNode
    result: NamedNode
    reviewed: NamedNode
    rule: NamedNode
    sha256: NamedNode
    shapesSha256: NamedNode
    signed: NamedNode
    sourceKind: NamedNode
    speaker: NamedNode
    speakerPassage: NamedNode
    stance: NamedNode
    standsFor: NamedNode
    supported: NamedNode
    verb: NamedNode
    when: NamedNode
    within: NamedNode
    wrote: NamedNode
