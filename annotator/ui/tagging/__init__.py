"""What a person says about spans beyond their place and label: subjects, links, questions, notes."""
